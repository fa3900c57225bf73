"""The web application of Xiangxu; its first pages come with the issue on the site."""
