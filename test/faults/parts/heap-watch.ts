/** How much a server's memory grows: the least it held late against the least it held before, so that garbage does not count. */
export interface HeapWatch {
  look(): Promise<void>;
  /** 1: as much in the last third of the looks as in the second one; in the first one a program is still warming up. */
  growth(): number;
}

const measured = ["nodejs_heap_size_used_bytes", "nodejs_external_memory_bytes"];

export function createHeapWatch(serverUrl: string): HeapWatch {
  const looks: number[] = [];
  const least = (values: readonly number[]) => Math.min(...values);
  return {
    look: async () => {
      const text = await (await fetch(`${serverUrl}/metrics`)).text();
      const sizes = measured.map((name) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]));
      looks.push(sizes.reduce((sum, size) => sum + size, 0));
    },
    growth: () => {
      if (looks.length < 6 || looks.some((size) => !Number.isFinite(size)))
        throw new Error("too few looks at the memory");
      const third = Math.floor(looks.length / 3);
      return least(looks.slice(-third)) / least(looks.slice(third, 2 * third));
    },
  };
}
