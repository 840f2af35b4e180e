/** Why a piece of evidence counts or adds nothing, as a number of a record. Append only, and `whyCount` for ever: stored by place. */
export const whys = { counted: 0, repeat: 1, scanner: 2, role: 3 } as const;
export type Why = (typeof whys)[keyof typeof whys];

const whyCount = 4;

/** A piece of evidence in a record: the number of a signal or a person, and why it is listed, in one number. */
export const evidenceCode = (number: number, why: Why): number => number * whyCount + why;
export const numberOf = (code: number): number => Math.floor(code / whyCount);
export const whyOf = (code: number): Why => (code % whyCount) as Why;

/** A line lists at most so many pieces of evidence and says how many there are. */
export const mostEvidence = 20;
