export const queuePagePath = "/operators/queue";
