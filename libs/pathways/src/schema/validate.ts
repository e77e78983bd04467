import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { error, type Finding } from '../finding.js';
import { overlaySchema } from './overlay-schema.js';
import { commonSchema, pathwaySchema } from './pathway-schema.js';

// Tests hold our own two schemas against the schema of schemas; doing so at each start would take as long as all else here.
const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  verbose: true,
  meta: false,
  validateSchema: false,
});

const validatePathway = ajv.compile(pathwaySchema);
const validateCommon = ajv.compile(commonSchema);
const validateOverlay = ajv.compile(overlaySchema);

export const pathwayShape = (value: unknown): Finding[] => findingsOf(validatePathway, value);

export const commonShape = (value: unknown): Finding[] => findingsOf(validateCommon, value);

export const overlayShape = (value: unknown): Finding[] => findingsOf(validateOverlay, value);

function findingsOf(validate: ValidateFunction, value: unknown): Finding[] {
  validate(value);
  return (validate.errors ?? [])
    .filter((problem) => !insideAlternative(problem))
    .map((problem) => error('schema', problem.instancePath, describe(problem)));
}

/** A failed alternative reports each of its branches, too; the sentence about the whole says enough. */
const insideAlternative = (problem: ErrorObject): boolean => /\/(oneOf|anyOf)\/\d/.test(problem.schemaPath);

function describe(problem: ErrorObject): string {
  const parameters = problem.params as Record<string, unknown>;
  switch (problem.keyword) {
    case 'additionalProperties':
      return `"${String(parameters['additionalProperty'])}" has no place here`;
    case 'oneOf':
      return `exactly one is needed of ${alternatives(problem)}`;
    case 'enum':
      return `must be one of ${(parameters['allowedValues'] as string[]).join(', ')}`;
    default:
      return problem.message ?? problem.keyword;
  }
}

const alternatives = (problem: ErrorObject): string =>
  (problem.schema as { required: string[] }[]).map((branch) => branch.required.join(' and ')).join(', ');
