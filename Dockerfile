# The production image: the same steps as ./run, one after the other.
FROM python:3.13-slim-bookworm
RUN useradd --uid 10001 --no-create-home --home-dir /app --shell /usr/sbin/nologin app
WORKDIR /app
ENV PYTHONUNBUFFERED=1
COPY ops/install.sh ops/
COPY requirements.lock ./
RUN ops/install.sh .venv requirements.lock
COPY . .
# The keys serve this one command; the real ones come as secrets when the container starts.
RUN SECRET_KEY=only-for-collecting-static-files-while-building \
    IDENTITY_KEY=only-for-collecting-static-files-while-building ./run --step static \
    && chown -R app var
USER app
ENV HOST=0.0.0.0 PORT=8000
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD [".venv/bin/python", "-c", "import urllib.request as r; r.urlopen('http://localhost:8000/health/', timeout=4)"]
CMD ["./run", "--step", "serve"]
