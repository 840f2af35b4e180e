import { createBullBoard } from "@bull-board/api";
import type { BaseAdapter } from "@bull-board/api/baseAdapter";
import { ExpressAdapter } from "@bull-board/express";
import type { RequestHandler } from "express";
import { queuePagePath } from "./queue-page-path.ts";

/** What waits and runs in the queue, to look at. It holds wake-ups only: what there is to do stands in the database. */
export function queuePage(board: BaseAdapter): RequestHandler {
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(queuePagePath);
  createBullBoard({
    queues: [board],
    serverAdapter,
    options: { uiConfig: { boardTitle: "Touchstone", hideRedisDetails: true } },
  });
  return serverAdapter.getRouter();
}
