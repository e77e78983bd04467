import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

/** The user a child process is started as. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const name = 'postgres';

/**
 * PostgreSQL refuses to run as root, so root lends it a user: the owner of the cluster when there is one already,
 * otherwise the system user `postgres`, made if missing. Anybody else runs it as themselves (`undefined`).
 */
export function databaseUser(cluster: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    return { uid, gid };
  }
  return find() ?? create();
}

/** Whether the user gets to a file or folder; a closed folder anywhere above it is enough to be kept out. */
export function canReach(user: SystemUser, file: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', file], { ...user, cwd: '/' }).status === 0;
}

function find(): SystemUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((option) => spawnSync('id', [option, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function create(): SystemUser {
  const withShadow = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name];
  const withBusybox = ['-S', '-D', '-H', '-s', '/sbin/nologin', name];
  try {
    if (existsSync('/usr/sbin/useradd')) execFileSync('/usr/sbin/useradd', withShadow, { stdio: 'pipe' });
    else execFileSync('adduser', withBusybox, { stdio: 'pipe' });
  } catch (error) {
    throw new Error(`PostgreSQL does not run as root, and a system user "${name}" could not be made`, { cause: error });
  }
  const user = find();
  if (user === undefined) throw new Error(`The system user "${name}" was made but is not found`);
  return user;
}
