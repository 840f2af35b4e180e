import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { QuestionsView, RubricQuestion } from "@touchstone/shared/record-cards-api.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import type { Context } from "../context.ts";
import { readJudgements } from "../db/judgements.ts";
import { loadModels } from "./load-models.ts";

type Judged = CriterionOf<"judged">;
type Answers = Awaited<ReturnType<typeof readJudgements>>;

/** What only a person can know of an account: the judged criteria of both models, those without an answer first. */
export async function listQuestions(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<QuestionsView> {
  const [models, judgements] = await Promise.all([
    loadModels(ctx.db, portalId),
    readJudgements(ctx.db, portalId, [accountId]),
  ]);
  const standing = judgements.filter(({ expiresAt }) => expiresAt === null || expiresAt > ctx.now());
  const questions = (["priority", "readiness"] as const).flatMap((purpose) =>
    models[purpose].model.criteria
      .filter((criterion) => criterion.kind === "judged")
      .map((criterion) => toQuestion(criterion, purpose, standing)),
  );
  return {
    companyId: accountId,
    questions: [...questions.filter(({ answer }) => !answer), ...questions.filter(({ answer }) => answer)],
  };
}

function toQuestion(criterion: Judged, purpose: string, standing: Answers): RubricQuestion {
  const { key, label, question, rungs } = criterion;
  const given = standing.find((one) => one.criterion === key);
  const rung = rungs.find((one) => one.key === given?.rung);
  return {
    criterion: key,
    label,
    question,
    worth: `up to ${pointsText(Math.max(...rungs.map(({ points }) => points)))} points of ${purpose}`,
    answers: rungs.map((one) => ({ key: one.key, label: one.label })),
    answer: given && rung ? { key: rung.key, label: rung.label, at: given.at } : null,
  };
}
