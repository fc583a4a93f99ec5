export { Aside, Steps } from "@astrojs/starlight/components";
export { default as Exercise } from "./Exercise.astro";
export { default as Figure } from "./Figure.astro";
export { default as Option } from "./quiz/Option.astro";
export { default as Question } from "./quiz/Question.astro";
export { default as Quiz } from "./quiz/Quiz.astro";
export { default as Why } from "./quiz/Why.astro";
export { default as Workbench } from "./Workbench.astro";
