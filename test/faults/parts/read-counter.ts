/** A counter of the product's own measurements, over several processes. */
export async function readCounter(processes: readonly { readonly url: string }[], name: string): Promise<number> {
  const values = await Promise.all(
    processes.map(async ({ url }) => {
      const text = await (await fetch(`${url}/metrics`)).text();
      const value = Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
      if (!Number.isFinite(value)) throw new Error(`there is no counter ${name}`);
      return value;
    }),
  );
  return values.reduce((sum, value) => sum + value, 0);
}
