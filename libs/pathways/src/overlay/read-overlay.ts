import { isDuration } from '#libs/calendar';
import { isDueLater } from '../change/later.js';
import type { Pathway } from '../definition.js';
import { error, type Finding } from '../finding.js';
import { lintCommon, lintDefinition, type Judged } from '../lint/index.js';
import { parseDefinition } from '../parse.js';
import { rungMoment } from '../rung.js';
import { overlayShape } from '../schema/validate.js';
import { mayBeSet, overlayVersion, valueAt, withNumbers, type Overlaid, type ProvinceOverlay } from './overlay.js';

/** Limits that the law sets for the whole country: no province gives more time. */
const STATUTORY = 'L_LEGAL';

/**
 * Reads and judges the YAML text of an overlay. `definition` is the pathway as it is in the province, its version that of
 * the overlay; it is there exactly when nothing is wrong.
 */
export function readOverlay(text: string, base: Pathway): Judged<Pathway> {
  const source = parseDefinition(text);
  if (source.findings.length > 0) return { definition: undefined, findings: source.findings };
  const findings = judge(source.value, base).map((finding) => {
    const line = source.lineOf(finding.path);
    return line === undefined ? finding : { ...finding, line };
  });
  const definition = findings.length > 0 ? undefined : layOver(source.value as ProvinceOverlay, base);
  return { definition, findings };
}

function judge(value: unknown, base: Pathway): Finding[] {
  const shape = overlayShape(value);
  if (shape.length > 0) return shape;
  const overlay = value as ProvinceOverlay;
  const under = underneath(base);
  const own = [
    ...lintBase(overlay, base),
    ...Object.keys(overlay.numbers).flatMap((at) => lintNumber(at, overlay, under)),
  ];
  if (own.length > 0) return own;
  const { definition, common } = layOver(overlay, base);
  return [
    ...lintLimits(overlay, base, { definition, common }),
    // What the numbers do to the whole is found where they stand in the overlay.
    ...[...lintDefinition({ ...definition, version: base.definition.version }, common), ...lintCommon(common)].map(
      (finding) => ({ ...finding, path: numberPath(finding.path) }),
    ),
  ];
}

function lintBase({ overlay, version }: ProvinceOverlay, { definition }: Pathway): Finding[] {
  const under = overlayVersion(version)?.base;
  return [
    ...(overlay === definition.id ? [] : [error('overlay-base', '/overlay', `"${overlay}" is not ${definition.id}`)]),
    ...(under === definition.version
      ? []
      : [error('overlay-base', '/version', `${version} is not laid over version ${definition.version}`)]),
  ];
}

function lintNumber(at: string, { numbers }: ProvinceOverlay, under: Overlaid): Finding[] {
  const [present, wanted] = [valueAt(under, at), numbers[at]];
  const path = numberPath(at);
  if (!mayBeSet(at)) {
    return [
      error(
        'overlay-structure',
        path,
        `${at} is no due time, hour of a ladder or quorum; a province sets nothing else`,
      ),
    ];
  }
  if (present === undefined) return [error('overlay-structure', path, `There is no number at ${at}`)];
  return isSameKind(present, wanted)
    ? []
    : [error('overlay-number', path, `"${String(wanted)}" cannot take the place of the number at ${at}`)];
}

/** A count stays a count, a duration a duration in the same direction, a share of the elapsed time a share. */
function isSameKind(present: unknown, wanted: unknown): boolean {
  if (typeof present === 'number') return typeof wanted === 'number' && Number.isInteger(wanted) && wanted > 0;
  if (typeof present !== 'string' || typeof wanted !== 'string') return false;
  if (present.startsWith('-') !== wanted.startsWith('-')) return false;
  if (isDuration(present)) return isDuration(wanted);
  return !isDuration(wanted) && rungMoment(wanted) !== undefined;
}

function lintLimits({ numbers }: ProvinceOverlay, base: Pathway, laid: Pathway): Finding[] {
  return Object.keys(numbers).flatMap((at) => {
    const [, part, id = ''] = at.split('/');
    const [before, after] = [base.definition.deadlines[id], laid.definition.deadlines[id]];
    const later =
      part === 'deadlines' && before?.ladder === STATUTORY && after !== undefined && isDueLater(before.due, after.due);
    return later
      ? [error('overlay-legal-limit', numberPath(at), `${id} is a limit of law; no province makes it later`)]
      : [];
  });
}

/** The pathway as it is in the province. The overlay must have been judged. */
export function layOver({ version, numbers }: ProvinceOverlay, base: Pathway): Pathway {
  const { ladders, ...definition } = withNumbers(underneath(base), numbers);
  return { definition: { ...definition, version }, common: { ...base.common, ladders } };
}

const underneath = ({ definition, common }: Pathway): Overlaid => ({ ...definition, ladders: common.ladders });

/** Where a number stands in the text of the overlay: its key holds slashes. */
const numberPath = (at: string): string => `/numbers/${at.replaceAll('~', '~0').replaceAll('/', '~1')}`;
