import { createRoot } from "react-dom/client";
import type { PortalPageData } from "../record-page/page-data.ts";
import { CompanyList } from "./company-list.tsx";
import { readPageData } from "./stand-in-calls.ts";

const page = document.getElementById("page");
if (page !== null) createRoot(page).render(<CompanyList data={readPageData<PortalPageData>()} />);
