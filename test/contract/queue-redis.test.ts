import { Redis } from "ioredis";
import { startOwnRedis } from "./own-redis.ts";
import { describeQueue } from "./queue-battery.ts";

describeQueue("the queue on Redis", async () => {
  const redis = await startOwnRedis();
  return {
    databaseUrl: "postgres://not-used",
    redisUrl: redis.url,
    loseEverything: async () => {
      const client = new Redis(redis.url);
      await client.flushall();
      client.disconnect();
    },
    stopStore: redis.kill,
    startStore: redis.start,
    remove: redis.remove,
  };
});
