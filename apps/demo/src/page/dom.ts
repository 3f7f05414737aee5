/** Puts the content of a `<template>` on the page. */
export function showTemplate(id: string): void {
  const template = document.getElementById(id) as HTMLTemplateElement
  document.getElementById('app')?.replaceChildren(template.content.cloneNode(true))
}

/** The one element of the page with this attribute. */
function find<T extends HTMLElement>(attribute: string, value: string): T {
  const element = document.querySelector<T>(`[data-${attribute}="${value}"]`)
  if (!element) throw new Error(`The page has no [data-${attribute}="${value}"]`)
  return element
}

/** Where something is shown. */
export const place = (name: string): HTMLElement => find('show', name)
export const button = (name: string): HTMLButtonElement => find('do', name)
export const link = (name: string): HTMLAnchorElement => find('link', name)
export const form = (name: string): HTMLFormElement => find('form', name)

/** Writes only what is new: a screen reader would read it again. */
export function show(name: string, text: string, tone?: string): void {
  const element = place(name)
  if (element.textContent !== text) element.textContent = text
  if (tone !== undefined && element.dataset.tone !== tone) element.dataset.tone = tone
}

/** An element with a text, classes and a tone for the style sheet. */
export function make(tag: string, text: string, classes = '', tone?: string): HTMLElement {
  const element = document.createElement(tag)
  element.textContent = text
  if (classes) element.className = classes
  if (tone) element.dataset.tone = tone
  return element
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 1,
})

/** Such as 18:04:09.3, in this computer's time zone. */
export const timeOfDay = (ms: number): string => clock.format(ms)
