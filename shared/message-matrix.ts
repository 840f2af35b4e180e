import { z } from "zod";
import { type BuyingRole, buyingRoles } from "./account-snapshot.ts";
import { stageKeys } from "./account-stage.ts";
import { storableText } from "./storable-text.ts";

const cell = storableText(500);

/** Rows are groups of canonical roles, columns the stages of an account. An empty cell is a gap. */
export const messageMatrixSchema = z.strictObject({
  label: z.string().trim().min(1).max(100),
  source: z.string().max(100),
  rows: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
        label: z.string().trim().min(1).max(100),
        roles: z.array(z.enum(buyingRoles)).min(1).max(9),
        cells: z.strictObject(
          Object.fromEntries(stageKeys.map((stage) => [stage, cell])) as Record<
            (typeof stageKeys)[number],
            typeof cell
          >,
        ),
      }),
    )
    .min(1)
    .max(12),
});
export type MessageMatrix = z.infer<typeof messageMatrixSchema>;
type Row = MessageMatrix["rows"][number];

const row = (key: string, label: string, roles: BuyingRole[], cells: Row["cells"]): Row => ({
  key,
  label,
  roles,
  cells,
});

/** The matrices of the guides, on the stages of an account by the crosswalk of market.md §1.2. */
export const messageMatrices = {
  "four-by-three": {
    label: "Four roles by three stages",
    source: "row 88",
    rows: [
      row("executive", "Executive", ["economic_buyer", "executive_sponsor", "approver"], {
        awareness: "Trend: how the industry is shifting",
        interest: "Trend: how the industry is shifting",
        consideration: "ROI and business case",
        decision: "Ease of implementation",
        expansion: "",
      }),
      row("functional", "Functional", ["champion", "functional_owner", "end_user"], {
        awareness: "Best practices",
        interest: "Best practices",
        consideration: "What it does in their use case",
        decision: "Training and support",
        expansion: "",
      }),
      row("technical", "Technical", ["technical_evaluator", "blocker"], {
        awareness: "Trends in architecture",
        interest: "Trends in architecture",
        consideration: "Integration and security",
        decision: "Technical roadmap",
        expansion: "",
      }),
      row("influencer", "Influencer", ["influencer"], {
        awareness: "Competitive analysis",
        interest: "Competitive analysis",
        consideration: "Product strategy",
        decision: "Proof from customers",
        expansion: "",
      }),
    ],
  },
  "four-by-four": {
    label: "Four roles by four stages",
    source: "row 89",
    rows: [
      row("economic_buyer", "Economic buyer", ["economic_buyer", "executive_sponsor", "approver"], {
        awareness: "Industry reports; analysis of business trends",
        interest: "ROI calculators; business case templates",
        consideration: "Executive briefings; references of peers",
        decision: "Contract terms; guarantees of success",
        expansion: "",
      }),
      row("technical_evaluator", "Technical evaluator", ["technical_evaluator", "blocker"], {
        awareness: "Technology trends; best practices",
        interest: "Feature comparisons; integration guides",
        consideration: "Technical demos; proofs of concept",
        decision: "Implementation plans; service levels",
        expansion: "",
      }),
      row("end_user", "End user", ["end_user", "champion", "functional_owner"], {
        awareness: "Challenges of the workflow; how to be quicker",
        interest: "Demos of the user experience; training",
        consideration: "Trial access; what users say",
        decision: "Support for adoption; change management",
        expansion: "Support for adoption; change management",
      }),
      row("influencer", "Influencer", ["influencer"], {
        awareness: "Thought leadership; insights into the industry",
        interest: "Opinions of experts; analysts' reports",
        consideration: "Networks of peers; advisory input",
        decision: "Strategic recommendations; measures of success",
        expansion: "",
      }),
    ],
  },
} as const satisfies Record<string, MessageMatrix>;

export const matrixKeys = ["four-by-three", "four-by-four"] as const;

export interface MatrixView {
  readonly matrix: MessageMatrix;
  readonly version: number;
  readonly templates: Readonly<Record<(typeof matrixKeys)[number], MessageMatrix>>;
  /** Cells without a message, by row and stage (row 94). */
  readonly gaps: readonly { readonly row: string; readonly stage: string }[];
}
