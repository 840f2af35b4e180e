import type { AppProcess } from "../../../hubspot-stand-in/demo/app-process.ts";
import { createRandom } from "../../../hubspot-stand-in/seed/random.ts";
import { type HubSpotWire, openHubSpotWire } from "./hubspot-wire.ts";
import { takePort } from "./take-port.ts";

export type Role = "web" | "worker";
export type Launch = (role: Role, port: number, hubspotUrl: string) => Promise<AppProcess>;

/** A place that one process after the other holds. */
export interface Post {
  readonly role: Role;
  port: number;
  /** Its line to HubSpot. */
  readonly wire: HubSpotWire;
  process: AppProcess;
  isAlive: boolean;
}

/** The processes of one product at work: one web server and two workers. */
export interface Crew {
  readonly posts: readonly Post[];
  readonly workers: readonly Post[];
  readonly web: Post;
  /** SIGKILL; the post stays empty until `replace`. Killing a dead one does nothing. */
  kill(post: Post): Promise<void>;
  replace(post: Post): Promise<void>;
  /** Another process takes over before the one there is told to stop; returns the exit code of that one. */
  relieve(post: Post): Promise<number>;
  stop(): Promise<void>;
}

export async function startCrew(launch: Launch, webPort: number, hubspotUrl: string): Promise<Crew> {
  // What is read is old when it arrives, as over a real line.
  const latency = createRandom("latency");
  const enlist = async (role: Role): Promise<Post> => {
    const wire = await openHubSpotWire(hubspotUrl, () => latency.int(20, 120));
    const port = role === "web" ? webPort : await takePort();
    try {
      // The web server's only way to HubSpot is OAuth's, whose pages people see: not through a wire.
      const process = await launch(role, port, role === "web" ? hubspotUrl : wire.url);
      return { role, port, wire, process, isAlive: true };
    } catch (error) {
      await wire.stop();
      throw error;
    }
  };
  const enlisted = await Promise.allSettled([enlist("web"), enlist("worker"), enlist("worker")]);
  const [web, one, two] = enlisted.map((one) => (one.status === "fulfilled" ? one.value : null));
  const dismiss = async (posts: readonly Post[]) => {
    await Promise.all(posts.map((post) => post.process.kill()));
    await Promise.all(posts.map((post) => post.wire.stop()));
  };
  if (!web || !one || !two) {
    // One that was left running would take the work of the next trials, which share its queue.
    await dismiss([web, one, two].filter((post) => post !== null && post !== undefined));
    throw enlisted.find((one) => one.status === "rejected")?.reason;
  }
  const posts = [web, one, two];
  return {
    posts,
    web,
    workers: [one, two],
    kill: async (post) => {
      if (!post.isAlive) return;
      post.isAlive = false;
      await post.process.kill();
    },
    replace: async (post) => {
      post.process = await launchAgain(() =>
        launch(post.role, post.port, post.role === "web" ? hubspotUrl : post.wire.url),
      );
      post.isAlive = true;
    },
    relieve: async (post) => {
      const port = await takePort();
      const next = await launch(post.role, port, post.role === "web" ? hubspotUrl : post.wire.url);
      const before = post.process;
      post.process = next;
      post.port = port;
      return before.stop();
    },
    stop: () => dismiss(posts),
  };
}

/** A process that starts while its database is away ends at once, and whoever looks after it starts it again. */
async function launchAgain(launch: () => Promise<AppProcess>): Promise<AppProcess> {
  for (let tries = 1; ; tries++) {
    try {
      return await launch();
    } catch (error) {
      if (tries === 10) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
