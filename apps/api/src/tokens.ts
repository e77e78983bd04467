/** Parts that are handed in under a name of their own, because their types are interfaces. */
export const CLOCK = Symbol('clock');
export const CONTEXT = Symbol('database context');
export const LOG = Symbol('log');
export const PATHWAYS = Symbol('pathways');
/** The parts that every process works with, for what needs most of them. */
export const SPEAN = Symbol('spean');
/** Instances of Primero and OSCaR that are configured. */
export const EXCHANGE_TARGETS = Symbol('exchange targets');
