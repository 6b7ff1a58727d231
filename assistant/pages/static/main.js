// Starts the parts of the page.
import { start } from "./bridge.js";
import { startConversation } from "./conversation.js";
import { startFigures } from "./figures.js";
import { startSidebar } from "./sidebar.js";
import { startSources } from "./sources.js";
import { startStatus } from "./status.js";

startStatus();
startSidebar();
startSources();
startConversation();
startFigures();
start();
