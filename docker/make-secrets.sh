#!/usr/bin/env bash
# Makes the secrets that docker-compose.yml reads, each once and at random, in the folder .secrets. An existing one is
# never changed: the volumes were made with it. Back up master_key apart from the database; without it nothing opens.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p .secrets
chmod 700 .secrets # most files below are open, because each container reads them as its own user; this folder is not

keep() { # name, value
  [ -e ".secrets/$1" ] || printf '%s' "$2" > ".secrets/$1"
}
random() { head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }

for name in postgres_password migrator_password program_password queue_password redis_password; do
  keep "$name" "$(random)"
done
[ -e .secrets/master_key ] || head -c 32 /dev/urandom > .secrets/master_key
[ -e .secrets/checkpoint_key ] || openssl genpkey -algorithm ed25519 -out .secrets/checkpoint_key
mkdir -p .checkpoints/one .checkpoints/two .erasures .attachments # unless other mounts are named, as they should be

value() { cat ".secrets/$1_password"; }
keep database_url "postgres://spean_program:$(value program)@postgres:5432/spean"
keep migrator_database_url "postgres://spean_migrator:$(value migrator)@postgres:5432/spean"
keep redis_url "redis://:$(value redis)@redis:6379"
chmod 444 .secrets/*_password .secrets/*_url

# The program accepts a key only if its own user alone may read it: whoever calls this, or the image's user.
chmod 400 .secrets/master_key .secrets/checkpoint_key
if [ "$(id -u)" = 0 ]; then
  chown 1000:1000 .secrets/master_key .secrets/checkpoint_key .checkpoints/one .checkpoints/two .erasures .attachments
elif ! grep -qs '^SPEAN_USER=' .env; then
  echo "SPEAN_USER=$(id -u):$(id -g)" >> .env
fi
