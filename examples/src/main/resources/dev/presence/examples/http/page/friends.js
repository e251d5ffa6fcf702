// The list of friends: one item each, which says in words what its dot says by colour and shape.

import { ago } from "/page/clock.js";
import { initialsOf, nameOf, setName } from "/page/names.js";

const HUES = 8n;

/** Shows friends in the order in which they were added. */
export class FriendsList {
  #list;
  #template;
  #removed;

  /** `removed` is told the id of a friend whom the visitor removes. */
  constructor(list, template, removed) {
    this.#list = list;
    this.#template = template;
    this.#removed = removed;
  }

  /** Shows these ids, and keeps the items of those who were there. */
  setIds(ids) {
    const items = new Map(Array.from(this.#list.children, (item) => [item.dataset.userId, item]));
    this.#list.replaceChildren(...ids.map((id) => items.get(id) ?? this.#create(id)));
  }

  /** Shows what is known: `stateOf(id)` has `state` (online, offline, unknown) and `lastSeen`. */
  show(stateOf) {
    for (const item of this.#list.children) {
      const { state, lastSeen } = stateOf(item.dataset.userId);
      setAttribute(item, "data-state", state);
      setText(item.querySelector(".state"), words(state, lastSeen));
    }
  }

  /** Writes the names anew. */
  showNames() {
    for (const item of this.#list.children) {
      showName(item);
    }
  }

  #create(id) {
    const item = this.#template.content.firstElementChild.cloneNode(true);
    item.dataset.userId = id;
    item.dataset.state = "unknown";
    item.dataset.hue = String(((BigInt(id) % HUES) + HUES) % HUES);
    item.querySelector(".state").textContent = words("unknown", null);
    item.querySelector(".remove").addEventListener("click", () => this.#remove(item));
    makeNameEditable(item);
    showName(item);
    return item;
  }

  /** The focus stays in the list. */
  #remove(item) {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    this.#removed(item.dataset.userId);
    (next?.querySelector(".remove") ?? document.getElementById("friend")).focus();
  }
}

function words(state, lastSeen) {
  if (state === "online") {
    return "online";
  }
  if (state === "unknown") {
    return "not known now";
  }
  return lastSeen === null ? "not seen yet" : `last seen ${ago(lastSeen)}`;
}

function showName(item) {
  const id = item.dataset.userId;
  const name = nameOf(id);
  setText(item.querySelector(".name"), name);
  setText(item.querySelector(".initials"), initialsOf(id));
  setAttribute(item, "title", name === `User ${id}` ? "" : `User ${id}`);
  label(item.querySelector(".rename"), `Rename ${name}`);
  label(item.querySelector(".remove"), `Remove ${name}`);
  item.querySelector(".new-name").setAttribute("aria-label", `New name of ${name}`);
}

function label(button, text) {
  button.setAttribute("aria-label", text);
  button.title = text;
}

/** Enter and leaving the field keep the new name, Escape does not. */
function makeNameEditable(item) {
  const name = item.querySelector(".name");
  const input = item.querySelector(".new-name");
  const rename = item.querySelector(".rename");
  const end = (keeps) => {
    if (input.hidden) {
      return;
    }
    input.hidden = true;
    name.hidden = false;
    if (keeps) {
      setName(item.dataset.userId, input.value);
    }
    showName(item);
  };
  rename.addEventListener("click", () => {
    input.value = nameOf(item.dataset.userId);
    input.hidden = false;
    name.hidden = true;
    input.select();
    input.focus();
  });
  input.addEventListener("blur", () => end(true));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") {
      event.preventDefault();
      end(event.key === "Enter");
      rename.focus();
    }
  });
}

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}
