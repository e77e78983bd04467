export { isCodeTable, type EntryProblem } from './entry-problems.js';
export { CodesMoved, CodesRefused, ExchangeCodes, type CodeTableVersion } from './exchange-codes.js';
