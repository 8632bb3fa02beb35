// The Observatory's own views, by mode.

export { live } from "./live.js";
export { overview } from "./overview.js";
export { recap } from "./recap.js";
