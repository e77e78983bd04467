import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { Command } from 'commander';
import { findingLine, lintFiles, publishedFiles } from '#libs/pathway-files';

/** `spean pathways lint FILE…` and `spean pathways document`. */
export function registerPathwaysCommands(program: Command): void {
  const pathways = program.command('pathways').description('check and document pathway definitions');
  pathways
    .command('lint')
    .description('print every finding; exit 1 if there is any')
    .argument('<file...>', 'definitions in YAML')
    .action(lint);
  pathways
    .command('document')
    .description('rewrite docs/pathways and the published schemas from the shipped definitions')
    .action(document);
}

function lint(files: string[]): void {
  const findings = lintFiles(files);
  for (const finding of findings) {
    process.stderr.write(`${findingLine(finding.file, finding)}\n`);
  }
  process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}

function document(): void {
  for (const { path, text } of publishedFiles()) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    process.stderr.write(`wrote ${relative(process.cwd(), path)}\n`);
  }
}
