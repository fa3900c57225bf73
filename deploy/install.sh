#!/bin/bash
# 安装或升级庠序。不连网；目标机器上只要有 Python 3.11。
# Installs or upgrades Xiangxu. No network; the machine needs Python 3.11 and nothing else.
#
#   ./install.sh [--to 程序目录] [--home 数据目录] [--port 端口] [--hosts 域名或地址,…] [--python 路径] [--service]
#
#   --to       where the program goes          默认 / usual: /opt/xiangxu
#   --home     where database and files go     默认 / usual: /var/lib/xiangxu
#   --port     the site's port on 127.0.0.1    默认 / usual: 8000
#   --hosts    浏览器用的域名或地址，只走 HTTPS / names by which browsers reach it, then by HTTPS only;
#              不写：只在本机试用 / without: on this machine only
#   --service  用 root 运行：建用户 xiangxu 和系统服务，每夜备份 / as root: a user, systemd units, a backup every night
set -euo pipefail

say() { printf '%s\n' "$*"; }
stop() { printf '✕ %s\n' "$@" >&2; exit 1; }
usage() { sed -n '2,/^set -euo/{/^#/s/^# \{0,1\}//p}' "$0"; }

to=/opt/xiangxu home=/var/lib/xiangxu port=8000 hosts='' python='' service=''
while [ $# -gt 0 ]; do
  case $1 in
    --to|--home|--port|--hosts|--python) [ $# -gt 1 ] || stop "$1 后面要写值 / $1 needs a value"; printf -v "${1#--}" '%s' "$2"; shift 2 ;;
    --service) service=yes; shift ;;
    -h|--help) usage; exit 0 ;;
    *) usage; stop "不认识的选项 / unknown option: $1" ;;
  esac
done
case $to$home in *[[:space:]]*) stop "目录名里不能有空格 / no blanks in the folders' names" ;; esac
case $port in ''|*[!0-9]*) stop "端口应为数字 / the port is a number: $port" ;; esac
[ -z "$service" ] || [ "$(id -u)" = 0 ] || stop "--service 要用 root 运行 / --service needs root"

https=1
[ -n "$hosts" ] || { hosts=localhost,127.0.0.1; https=0; }

cd "$(dirname "$0")"
version=$(cat VERSION)
mkdir -p "$to" "$home"
to=$(cd "$to" && pwd) home=$(cd "$home" && pwd)

say "1/5 核对安装包 / checking the archive …"
sha256sum --check --quiet SHA256SUMS || stop "安装包不完整：请重新复制后再试 / the archive is damaged: copy it again"

say "2/5 查找 Python 3.11 / looking for Python 3.11 …"
for each in "$python" python3.11 python3 python; do
  [ -n "$each" ] && found=$(command -v "$each") && "$found" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && break
  found=''
  [ -z "$python" ] || [ "$each" != "$python" ] || stop "$python 不是带 venv 的 Python 3.11 / is not a Python 3.11 with venv"
done
[ -n "$found" ] || stop "没有找到带 venv 的 Python 3.11。装好后再运行；不在 PATH 里时用 --python 指明。" "Python 3.11 with venv was not found; install it, or name it with --python."

[ -z "$service" ] || ! systemctl is-active --quiet xiangxu 2>/dev/null || systemctl stop xiangxu
[ ! -s "$home/secret" ] || [ ! -x "$to/xiangxu" ] || "$to/xiangxu" backup "$home/backups"

say "3/5 安装程序到 / installing into $to/versions/$version …"
"$found" -m venv --clear "$to/versions/$version"
pip=("$to/versions/$version/bin/python" -m pip --isolated --disable-pip-version-check --no-cache-dir)
"${pip[@]}" install --quiet --no-index --find-links wheels --require-hashes --no-deps -r requirements.txt
"${pip[@]}" install --quiet --no-index --no-deps wheels/xiangxu-*.whl
ln -sfn "versions/$version" "$to/current"

if [ ! -e "$to/xiangxu.env" ]; then
  cat >"$to/xiangxu.env" <<END
# 庠序的设置；改后重新启动。Xiangxu's settings; restart after a change.
XIANGXU_HOME=$home
XIANGXU_HOSTS=$hosts
# 1：只走 HTTPS，前面要有反向代理；0：只在本机试用 / 1: HTTPS only, by the proxy before it; 0: to try it on this machine
XIANGXU_HTTPS=$https
# 用 PostgreSQL 15 以上时去掉下一行开头的 # / for PostgreSQL 15 or later
#DATABASE_URL=postgresql://xiangxu:PASSWORD@127.0.0.1/xiangxu
END
fi
cat >"$to/xiangxu" <<END
#!/bin/sh
# 庠序的命令，带上它的设置；root 运行时改用数据目录的主人。The command with its settings; root becomes the owner of the data.
set -a; . "$to/xiangxu.env"; set +a
export PYTHONUTF8=1
owner=\$(stat -c %U "\$XIANGXU_HOME")
if [ "\$(id -u)" = 0 ] && [ "\$owner" != root ]; then exec runuser -u "\$owner" -- "$to/current/bin/xiangxu" "\$@"; fi
exec "$to/current/bin/xiangxu" "\$@"
END
chmod 755 "$to/xiangxu"
chmod 640 "$to/xiangxu.env"
if [ -n "$service" ]; then
  id -u xiangxu >/dev/null 2>&1 || useradd --system --home-dir "$home" --shell /usr/sbin/nologin xiangxu
  chown -R xiangxu: "$home"
  chgrp xiangxu "$to/xiangxu.env"
fi
chmod 750 "$home"

say "4/5 准备数据库和页面 / preparing database and pages …"
# 2: ready, with remarks about the settings that it has printed.
"$to/xiangxu" site prepare || [ $? -eq 2 ]

if [ -n "$service" ]; then
  say "5/5 登记为系统服务 / registering the services …"
  for unit in systemd/*; do
    sed -e "s|@TO@|$to|g" -e "s|@HOME@|$home|g" -e "s|@PORT@|$port|g" "$unit" >"/etc/systemd/system/$(basename "$unit")"
  done
  systemctl daemon-reload
  systemctl enable --now xiangxu.service xiangxu-backup.timer
  began="systemctl status xiangxu"
else
  say "5/5 没有要求登记系统服务 / no services asked for"
  began="$to/xiangxu site serve --port $port"
fi

cat <<END

庠序 $version 已装好。接下来：
  1. 设置在 $to/xiangxu.env（域名、HTTPS、数据库），改后重新启动
  2. 第一次安装：$to/xiangxu site begin
     （建第一个县和三位管理员，打印他们的登录码；不做这一步没有人能登录）
  3. 运行：$began
  4. 网站在 127.0.0.1:$port；对外由 HTTPS 反向代理转发（proxy/ 里有样子）
  5. 升级：解开新的安装包，用同样的选项再运行一次 install.sh；旧版本留在 $to/versions

Xiangxu $version is installed. Next:
  1. Settings are in $to/xiangxu.env (hosts, HTTPS, database); restart after a change
  2. On a first installation: $to/xiangxu site begin
     (the first county and its three administrators, with their codes; without it nobody can sign in)
  3. Run: $began
  4. The site is at 127.0.0.1:$port; an HTTPS proxy stands before it (samples in proxy/)
  5. To upgrade, unpack the newer archive and run its install.sh with the same options; older versions stay in $to/versions
END
