/** Why a criterion over signals is unknown and not zero: see `Facts.observed`. */
export const nothingObserved = "no person is known at this account, so nothing could be recorded";
