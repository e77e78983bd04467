import type { Finding } from '#libs/pathways';

/** `ocsea.yaml:12 unknown-role /transitions/0/roles/0: "WORKER" is no role`. */
export function findingLine(file: string, { line, code, path, message }: Finding): string {
  return `${file}${line === undefined ? '' : `:${line}`} ${code} ${path}: ${message.en}`;
}
