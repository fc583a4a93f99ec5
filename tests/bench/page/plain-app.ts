/** A small Rails app with a job, for the plain way: SQLite through wasmify-rails' own adapter. */
export interface PlainTree {
  [name: string]: string | PlainTree;
}

const APPLICATION = `
require "rails"
require "active_model/railtie"
require "active_job/railtie"
require "active_record/railtie"
require "action_controller/railtie"
require "action_mailer/railtie"
require "action_view/railtie"
require "wasmify-rails"
require "solid_queue"
require "tzinfo/data"

module PlainApp
  class Application < Rails::Application
    config.load_defaults 8.0
    config.root = "/workspace"
    config.eager_load = false
    config.secret_key_base = "x" * 64
    config.active_job.queue_adapter = :solid_queue
    config.solid_queue.connects_to = { database: { writing: :queue } }
    config.logger = Logger.new($stdout)
  end
end
`;

const DATABASES = ["primary", "queue"]
  .map(
    (name) =>
      `  ${name}:\n    adapter: sqlite3_wasm\n    database: ${name}\n    js_interface: sqlite_${name}\n`,
  )
  .join("");

export const PLAIN_APP: PlainTree = {
  config: {
    "application.rb": APPLICATION,
    "boot.rb": "",
    "database.yml": `development:\n${DATABASES}`,
    "environment.rb": 'require_relative "application"\nRails.application.initialize!\n',
    environments: { "development.rb": "" },
    "routes.rb": "Rails.application.routes.draw do\nend\n",
  },
  app: {
    jobs: {
      "application_job.rb": "class ApplicationJob < ActiveJob::Base\nend\n",
      "bench_job.rb":
        "class BenchJob < ApplicationJob\n  def perform(number)\n    number\n  end\nend\n",
    },
    models: {
      "application_record.rb":
        "class ApplicationRecord < ActiveRecord::Base\n  primary_abstract_class\nend\n",
    },
  },
  lib: {},
  log: {},
  tmp: {},
};
