import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair } from 'yaml';
import { error, type Finding } from './finding.js';

/** A YAML text read as plain data, with the way back to its lines. */
export interface ParsedSource {
  /** Undefined when the text is not YAML. */
  value: unknown;
  findings: Finding[];
  /** Line, from 1, of the entry a JSON pointer names, or of its nearest ancestor that the text holds. */
  lineOf: (path: string) => number | undefined;
}

/** Reads YAML 1.2. Syntax errors and duplicate keys become findings with line and column. */
export function parseDefinition(text: string): ParsedSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const findings = document.errors.map((problem) => {
    const { line, col } = lines.linePos(problem.pos[0]);
    return { ...error('syntax', '', `Line ${line}, column ${col}: ${problem.message}`), line };
  });
  return {
    value: findings.length > 0 ? undefined : (document.toJS() as unknown),
    findings,
    lineOf: (path) => {
      const offset = offsetOf(document.contents, segmentsOf(path));
      return offset === undefined ? undefined : lines.linePos(offset).line;
    },
  };
}

const segmentsOf = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Follows a pointer as far as the text goes; a map entry is found at its key. */
function offsetOf(root: Node | null, segments: readonly string[]): number | undefined {
  let offset = root?.range?.[0];
  let node: unknown = root;
  for (const segment of segments) {
    const next = isMap(node) ? entryOf(node.items, segment) : isSeq(node) ? itemOf(node.items, segment) : undefined;
    if (next === undefined) {
      break;
    }
    offset = next.offset ?? offset;
    node = next.node;
  }
  return offset;
}

interface Step {
  node: unknown;
  offset: number | undefined;
}

function entryOf(pairs: readonly Pair[], key: string): Step | undefined {
  const pair = pairs.find((each) => isScalar(each.key) && String(each.key.value) === key);
  return pair && { node: pair.value, offset: (pair.key as Node).range?.[0] };
}

function itemOf(items: readonly unknown[], index: string): Step | undefined {
  const node = items[Number(index)];
  return node === undefined ? undefined : { node, offset: (node as Node).range?.[0] };
}
