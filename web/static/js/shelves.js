// BRANDS and AGENTS: looked at, added, changed and removed; and when the daily burst runs.

import { get, post, put, remove } from "./api.js";
import { ZONE, until } from "./clock.js";
import { h } from "./dom.js";
import { confirm, field, form } from "./forms.js";
import { brandName, brands as allBrands, button, chip, entitle, link, load, panel, shell, time } from "./parts.js";
import { KINDS, number } from "./words.js";

const NEW = "+"; // no slug has it
const TYPEFACES = ["grotesk", "editorial", "poster", "friendly"];
const COLOURS = { dark: "Dark", light: "Light", primary: "Primary", accent: "Accent" };
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const perKind = (value) => Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, value]));
const daily = (quota) => Object.keys(KINDS).filter((kind) => quota[kind]).map((kind) => number(quota[kind], kind)).join(", ");

const BRAND = {
  noun: "brand",
  lead: "Whom your content is for. A burst reads them fresh when it begins.",
  stays: "Its history, its slots and its published media stay.",
  all: allBrands,
  fresh: {
    name: "", handle: "", typeface: TYPEFACES[0], topics: [], timezone: HERE, publishing_times: { reel: ["12:00"], post: ["09:00"], carousel: ["18:00"] },
    quota: perKind(1), palette: { dark: "#14202e", light: "#f6f3ec", primary: "#2d55c8", accent: "#f0a050" },
  },
  card: (brand) => [
    look(brand),
    h("p", { className: "muted small" }, daily(brand.quota) ? `${daily(brand.quota)} a day` : "Nothing is made for it", ` · ${brand.timezone.replaceAll("_", " ")}`),
    h("p", { className: "muted small prose", dir: "auto" }, brand.topics.join(", ")),
  ],
  form: brandForm,
};

const AGENT = {
  noun: "agent",
  lead: "Who has the ideas. They are AI, each with a voice of its own.",
  stays: "What it wrote stays.",
  all: async () => {
    const [{ agents: found }] = await Promise.all([get("/api/agents"), allBrands()]);
    return found;
  },
  fresh: { name: "", avatar: "✨", voice: "", brands: [] },
  card: (agent) => [
    h("div", { className: "row" }, h("span", { className: "avatar", "aria-hidden": "true" }, agent.avatar), h("h2", { className: "prose", dir: "auto" }, agent.name)),
    h("p", { className: "prose", dir: "auto" }, agent.voice),
    h("p", { className: "row" }, ...(agent.brands.length ? agent.brands.map((slug) => chip(brandName(slug))) : [chip("Every brand")])),
  ],
  form: agentForm,
};

export const brands = (context, slug) => shelf(BRAND, context, slug);
export const agents = (context, slug) => shelf(AGENT, context, slug);

let notice = "";

/** The list, or the form for the one of a slug. */
function shelf(kind, context, slug) {
  const plural = `${kind.noun}s`;
  const path = `/${plural}`;
  const title = { [NEW]: `A new ${kind.noun}` }[slug] ?? slug ?? plural[0].toUpperCase() + plural.slice(1);
  const place = h("div", { className: "stack" });
  const element = slug
    ? shell(title, "", link(path, `All ${plural}`, "button"))
    : shell(title, kind.lead, link(`${path}/${NEW}`, `Add ${kind.noun === "agent" ? "an" : "a"} ${kind.noun}`, "button primary"));
  const list = async () => {
    const items = await kind.all();
    const said = notice;
    notice = "";
    const cards = items.map((item) => h("li", { className: "card stack", dataset: { slug: item.slug } }, ...kind.card(item),
      h("div", { className: "row end" },
        h("a", { href: `${path}/${item.slug}`, className: "button small", "data-here": true, "aria-label": `Edit ${item.name}` }, "Edit"),
        button("Remove", () => drop(item), "small quiet", { "aria-label": `Remove ${item.name}` }))));
    return [said && h("p", { className: "notice said", role: "status", tabindex: -1 }, said), cards.length ? h("ul", { className: "grid" }, ...cards) : h("p", { className: "empty" }, `No ${kind.noun} yet: add one, and bursts have something to do.`)];
  };
  const draw = async () => {
    await load(place, list, (shown) => shown);
    place.querySelector(".said")?.focus();
  };
  const drop = (item) => confirm(element, `Remove ${item.name}?`, kind.stays, "Remove", async () => {
    await remove(`/api${path}/${item.slug}`);
    notice = `${item.name} was removed.`;
    draw();
  });
  const edit = async () => [slug === NEW ? kind.fresh : await get(`/api${path}/${slug}`), await allBrands()];
  const save = async (values) => {
    const saved = slug === NEW ? await post(`/api${path}`, values) : await put(`/api${path}/${slug}`, values);
    notice = `${saved.name} was saved.`;
    if (element.isConnected) context.go(path);
  };
  element.append(place);
  if (slug) load(place, edit, ([item, known]) => {
    if (item.name) entitle(element, item.name);
    return h("div", { className: "panel" }, kind.form(item, save, known, link(path, "Leave it", "button quiet")));
  });
  else draw();
  if (kind === BRAND && !slug) element.append(routine());
  return { element };
}

/** A name, and the slug that is made of it once and for all. */
const naming = (item, example) => [
  field("text", "name", "Name", item.name, { hint: item.slug ? `Known as ${item.slug} for good, whatever its name.` : `Such as ${example}.` }),
  ...(item.slug ? [] : [field("text", "slug", "Short name", "", { optional: true, hint: "For addresses, for good; made of the name if you leave it blank." })]),
];

function brandForm(brand, save, known, ...more) {
  const group = (title, ...children) => h("fieldset", { className: "stack" }, h("legend", {}, title), ...children);
  const about = [
    ...naming(brand, "Healthy College"),
    field("text", "handle", "Handle", brand.handle, { optional: !brand.slug, hint: "As on Instagram, without the @." }),
    field("lines", "topics", "Topics", brand.topics, { hint: "What it talks about: a topic a line." }),
    field("zone", "timezone", "Timezone", brand.timezone, { hint: "Publishing times are on its clock." }),
  ];
  const colours = Object.entries(COLOURS).map(([part, name]) => field("colour", `palette.${part}`, name, brand.palette[part]));
  const typeface = field("select", "typeface", "Typeface", brand.typeface, { options: TYPEFACES });
  const plan = Object.entries(KINDS).map(([kind, name]) => [
    field("number", `quota.${kind}`, `${name}s a day`, brand.quota[kind]),
    field("times", `publishing_times.${kind}`, `${name}s at`, brand.publishing_times[kind], { hint: "HH:MM, with commas between." }),
  ]);
  const fields = [...about, ...colours, typeface, ...plan.flat()];
  const elements = (parts) => parts.map((each) => each.element);
  const preview = h("div");
  const parts = [
    h("div", { className: "side-by-side" },
      group("Who it is", ...elements(about)),
      group("How it looks", h("div", { className: "side-by-side tight" }, ...elements(colours)), typeface.element, preview)),
    group("What is made for it", h("div", { className: "plan" }, ...elements(plan.flat()))),
  ];
  const made = form(fields, parts, "Save", save, ...more);
  const see = () => preview.replaceChildren(look(made.values()));
  made.element.addEventListener("input", see);
  see();
  return made.element;
}

function agentForm(agent, save, known, ...more) {
  const options = known.map(({ slug, name }) => [slug, name]);
  for (const slug of agent.brands) if (!known.some((brand) => brand.slug === slug)) options.push([slug, `${slug} (removed)`]);
  const fields = [
    ...naming(agent, "Wren"),
    field("text", "avatar", "Avatar", agent.avatar, { hint: "An emoji." }),
    field("text", "voice", "Voice", agent.voice, { hint: "How it writes, such as: warm, practical." }),
    field("checks", "brands", "Writes for", agent.brands, { options, hint: "None chosen means every brand." }),
  ];
  return form(fields, fields.map((each) => each.element), "Save", save, ...more).element;
}

/** A brand as its palette and its typeface make it look. */
function look({ name, handle, palette, typeface }) {
  const style = Object.fromEntries(Object.entries(palette).map(([part, colour]) => [`--brand-${part}`, colour]));
  const swatches = Object.keys(palette).map((part) => h("span", { className: part }));
  return h("div", { className: "look", style, dataset: { typeface } },
    h("h2", { className: "title", dir: "auto" }, name || "Its name"),
    h("p", { className: "title", dir: "auto" }, `@${handle?.replace("@", "") || "handle"}`),
    h("div", { className: "swatches", "aria-hidden": "true" }, ...swatches));
}

/** When the daily burst runs. */
function routine() {
  const place = h("div");
  const show = (now) => {
    const fields = [
      field("time", "daily_time", "Every day at", now.daily_time, { hint: "Leave it empty for no daily burst." }),
      field("zone", "timezone", "Timezone", now.timezone),
    ];
    const next = h("p", { className: "muted small", role: "status" });
    const say = ({ paused, next_run_at: at }) =>
      next.replaceChildren(...(paused ? ["Daily bursts are paused."] : at ? ["The next one: ", time(at), ` (${ZONE})`, until(at) < 0 ? ", due now" : ""] : ["There will be none."]));
    say(now);
    const save = async (values) => say(await put("/api/maestro/routine", values));
    return form(fields, [h("div", { className: "side-by-side" }, ...fields.map((each) => each.element)), next], "Save", save).element;
  };
  load(place, () => get("/api/maestro/routine"), show);
  return panel("The daily burst", place);
}
