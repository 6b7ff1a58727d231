// The tabs of a review, in order. Each: {id, label, show(place, view), update(view, before), hide()}.
import { actionsTab } from "./review-actions.js";
import { overviewTab } from "./review-exposure.js";
import { nodesTab } from "./review-nodes.js";
import { peopleTab } from "./review-people.js";
import { registerTab } from "./review-register.js";
import { reportTab } from "./review-report.js";
import { stepsTab } from "./review-steps.js";
import { stressTab } from "./review-stress.js";

export const TABS = [stepsTab, nodesTab, overviewTab, stressTab, registerTab, actionsTab, reportTab, peopleTab];
