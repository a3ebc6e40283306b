#!/bin/sh
# Make the virtual environment from a lock file: ops/install.sh VENV LOCK. Does nothing when it is up to date.
set -eu
venv=$1
lock=$2

stop() {
    echo "$1" >&2
    exit 1
}

stamp="$venv/installed-locks"
hash=$(cksum <"$lock")
if [ -f "$stamp" ] && grep -qxF "$lock $hash" "$stamp"; then
    exit 0
fi

if [ "$(df -Pk . | awk 'NR == 2 { print $4 }')" -lt 600000 ]; then
    stop "磁盘空间不足：安装需 600 MB，清出空间后再运行 · The disk is nearly full: installing needs 600 MB, free some and run this again"
fi

if ! "$venv/bin/python" -c '' 2>/dev/null; then
    python=
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            python=$name
            break
        fi
    done
    [ -n "$python" ] || stop "需要 Python 3.11 或更新的版本，安装后再运行 · Python 3.11 or newer is needed: install it (on Debian: apt install python3 python3-venv) and run this again"
    rm -rf "$venv"
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --python "$(command -v "$python")" "$venv"
    elif "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        "$python" -m venv "$venv"
    else
        stop "缺少 Python 的 venv 组件，运行 apt install python3-venv 后再试 · Python's venv is missing: run apt install python3-venv and try again"
    fi
fi

echo "正在安装 $lock 中的软件包 · installing the packages of $lock"
if command -v uv >/dev/null 2>&1; then
    install="uv pip install --quiet --compile-bytecode --python $venv/bin/python"
else
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$venv/bin/python" -m ensurepip >/dev/null
    install="$venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input"
fi
log="$venv/install.log"
if ! $install --require-hashes --only-binary :all: -r "$lock" >"$log" 2>&1; then
    cat "$log" >&2
    if grep -q "No space left" "$log"; then
        stop "磁盘已满：清出 600 MB 后再运行 · The disk is full: free 600 MB and run this again"
    fi
    stop "软件包未能装全，按上面最后一行处理（多为网络或代理）后再运行 · Not every package could be installed: see the last line above (mostly the network or a proxy) and run this again"
fi
echo "$lock $hash" >>"$stamp"
