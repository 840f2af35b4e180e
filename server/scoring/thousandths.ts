/** Points as whole thousandths: sums of them are exact, sums of decimal fractions are not. */
export const toThousandths = (points: number): number => Math.round(points * 1000);
export const fromThousandths = (thousandths: number): number => thousandths / 1000;

/** One decimal, halves up; done once, on the sum (T06, T13). Takes and gives thousandths. */
export const roundToTenth = (thousandths: number): number => Math.round(thousandths / 100) * 100;
