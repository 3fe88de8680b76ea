# The image of decant: the command line, and the worker of the Fargate tasks. Build decant.jar first:
#   mvn package && docker build -t decant .
ARG JAVA=eclipse-temurin:25-jre-noble
FROM ${JAVA}

# pg_dump reads the schema of a live database. decant takes the one of the server's version, or else a newer one. So 18 must
# be there, and 13 to 17 are taken from where 18 is. If the distribution does not have 18, this is the repository of the
# PostgreSQL project.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates postgresql-common \
 && has() { [ -n "$(apt-cache show "postgresql-client-$1" 2>/dev/null)" ]; } \
 && { has 18 || /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y; } \
 && clients=$(for major in 13 14 15 16 17; do if has "$major"; then echo "postgresql-client-$major"; fi; done) \
 && apt-get install -y --no-install-recommends $clients postgresql-client-18 \
 && rm -rf /var/lib/apt/lists/*

# initdb wants its user in /etc/passwd. The rest of the file system may be read-only.
RUN groupadd --gid 10001 decant \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /work --shell /usr/sbin/nologin decant \
 && install -d -o 10001 -g 10001 -m 0700 /work

COPY decant /opt/decant/
COPY functions/target/decant.jar /opt/decant/functions/target/
# The first start prepares a fast start for all that follow.
RUN ln -s /opt/decant/decant /usr/local/bin/decant && DECANT_WORK=/tmp decant --version

# .ci/image sets these arguments.
ARG VERSION=unknown
ARG REVISION=unknown
ARG SOURCE=
LABEL org.opencontainers.image.title="decant" \
      org.opencontainers.image.description="Sanitized PostgreSQL snapshots from production dumps" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"

ENV DECANT_WORK=/work DECANT_CACHE=/work/cache DECANT_JAVA_OPTS=-Djava.io.tmpdir=/work
VOLUME /work
WORKDIR /work
USER 10001:10001
# Each command ends with an exit code of its own. While it runs, its work folder must be writable.
HEALTHCHECK --interval=1m --timeout=5s CMD test -w "$DECANT_WORK"
ENTRYPOINT ["decant"]
CMD ["--help"]
