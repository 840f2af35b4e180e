import { createRoot } from "react-dom/client";
import type { RecordPageData } from "../record-page/page-data.ts";
import { CompanyRecord } from "./company-record.tsx";
import { readPageData } from "./stand-in-calls.ts";

const page = document.getElementById("page");
if (page !== null) createRoot(page).render(<CompanyRecord data={readPageData<RecordPageData>()} />);
