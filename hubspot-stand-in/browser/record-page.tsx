import { createRoot } from "react-dom/client";
import type { RecordPageData } from "../record-page/page-data.ts";
import { kindOf } from "../record-page/record-kinds.ts";
import { CrmRecord } from "./crm-record.tsx";
import { readPageData } from "./stand-in-calls.ts";

const page = document.getElementById("page");
const data = readPageData<RecordPageData>();
const kind = kindOf(data.record.typeId);
if (page !== null && kind !== undefined) createRoot(page).render(<CrmRecord data={data} kind={kind} />);
