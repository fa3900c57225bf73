"""Xiangxu 庠序, the core: plain Python that reads plans, holds policy as cards and computes targets. It never imports Django."""
