/** "Tue 24 Nov, 09:59 (Europe/Madrid)": the time is counted in hours that pass, and shown on the portal's clock. */
export function dueText(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
  return `${parts} (${timeZone})`;
}
