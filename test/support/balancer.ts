import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

/** What stands before several web processes: takes turns among those that say that they are ready, and tries nothing twice. */
export interface Balancer {
  /** Requests that no process answered, by method and path. */
  readonly dropped: string[];
  /** Requests answered, by the process that did. */
  readonly answered: ReadonlyMap<string, number>;
  add(url: string): Promise<void>;
  stop(): Promise<void>;
}

interface Target {
  readonly url: string;
  ready: boolean;
}

const checkEveryMs = 100;

export async function startBalancer(port: number): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const targets: Target[] = [];
  const answered = new Map<string, number>();
  const dropped: string[] = [];
  let turn = 0;
  const check = async (target: Target) => {
    target.ready = await fetch(`${target.url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  };
  const timer = setInterval(() => void Promise.all(targets.map(check)), checkEveryMs);
  // Longer than the servers behind it say that they keep a connection: whoever believes them would meet a closed one.
  const server = createServer({ keepAliveTimeout: 70_000 }, (req, res) => {
    const ready = targets.filter((target) => target.ready);
    const target = ready[turn++ % ready.length];
    const drop = () => {
      dropped.push(`${req.method} ${req.url?.replace(/\?.*/, "")}`);
      if (!res.headersSent) res.writeHead(502);
      res.end();
    };
    if (!target) return drop();
    passOn(agent, target.url, req, res, drop, () => answered.set(target.url, (answered.get(target.url) ?? 0) + 1));
  });
  await new Promise<void>((resolve) => void server.listen(port, "127.0.0.1", resolve));
  return {
    dropped,
    answered,
    add: async (url) => {
      const target = { url, ready: false };
      targets.push(target);
      await check(target);
    },
    stop: async () => {
      clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}

function passOn(
  agent: Agent,
  url: string,
  req: IncomingMessage,
  res: ServerResponse,
  drop: () => void,
  done: () => void,
): void {
  const { method = "GET", headers } = req;
  const onward = request(`${url}${req.url}`, { method, headers, agent }, (answer) => {
    done();
    const { connection: _, ...rest } = answer.headers;
    res.writeHead(answer.statusCode ?? 502, rest);
    answer.pipe(res);
  });
  onward.once("error", drop);
  req.pipe(onward);
}
