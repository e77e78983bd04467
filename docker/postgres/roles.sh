#!/bin/bash
# Runs once, when the volume is empty: the three roles of the program and their two databases. Passwords come from
# secret files; none is a default.
set -euo pipefail

password() { cat "/run/secrets/$1_password"; }

psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres \
  --set=migrator="$(password migrator)" --set=program="$(password program)" --set=queue="$(password queue)" <<'SQL'
CREATE ROLE spean_migrator LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'migrator';
CREATE ROLE spean_program  LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'program';
CREATE ROLE spean_queue    LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'queue';

CREATE DATABASE spean OWNER spean_migrator;
REVOKE ALL ON DATABASE spean FROM PUBLIC;
GRANT CONNECT ON DATABASE spean TO spean_program;

CREATE DATABASE spean_queue OWNER spean_queue;
REVOKE ALL ON DATABASE spean_queue FROM PUBLIC;
SQL
