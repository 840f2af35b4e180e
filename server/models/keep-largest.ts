/** The `most` items with the greatest weight, of any number of them, in constant memory. Among equals the first stays. */
export function keepLargest<Item>(most: number) {
  const kept: { weight: number; order: number; item: Item }[] = [];
  let seen = 0;
  /** What weighs no more than this cannot be among the largest. */
  let floor = Number.NEGATIVE_INFINITY;
  const heavierFirst = (a: (typeof kept)[number], b: (typeof kept)[number]) => b.weight - a.weight || a.order - b.order;
  const trim = () => {
    kept.sort(heavierFirst);
    kept.length = Math.min(kept.length, most);
    floor = kept[most - 1]?.weight ?? floor;
  };
  return {
    add: (weight: number, item: Item): void => {
      if (weight <= floor) return;
      kept.push({ weight, order: seen++, item });
      // Sorted rarely: each sort makes room for as many items again.
      if (kept.length >= most * 2) trim();
    },
    list: (): Item[] => {
      trim();
      return kept.map(({ item }) => item);
    },
  };
}
