/** "500,000 EUR": whole units, as the texts are English. */
export const money = (amount: number, currency: string | null): string =>
  [new Intl.NumberFormat("en", { maximumFractionDigits: 0 }).format(amount), currency].filter(Boolean).join(" ");
