import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { Command } from 'commander';
import { findingLine, lintFiles, publishedFiles } from '#libs/pathway-files';
import { exitCodes } from '../exit-codes.js';
import { addLaw } from './law.js';

/** `spean pathways …`: definitions in files, and versions of the law in the database. */
export function addPathways(program: Command): void {
  const pathways = program.command('pathways').description('check, document, publish and compare pathway definitions');
  pathways
    .command('lint')
    .description('print every finding; exit 1 if there is any')
    .argument('<file...>', 'definitions in YAML')
    .action(lint);
  pathways
    .command('document')
    .description('rewrite docs/pathways and the published schemas from the shipped definitions')
    .action(document);
  addLaw(pathways);
}

function lint(files: string[], _options: unknown, command: Command): void {
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    command.error(`no such file: ${missing.join(', ')}`);
  }
  const findings = lintFiles(files);
  for (const finding of findings) {
    process.stderr.write(`${findingLine(finding.file, finding)}\n`);
  }
  process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  process.exitCode = findings.length > 0 ? exitCodes.checkFails : exitCodes.done;
}

function document(): void {
  for (const { path, text } of publishedFiles()) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    process.stderr.write(`wrote ${relative(process.cwd(), path)}\n`);
  }
}
