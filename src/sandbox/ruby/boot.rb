# frozen_string_literal: true

# Boots Rails and the base app up to the moment of which the boot image is a copy: everything that all
# lessons share is loaded, no connection is open, no thread has started, no class of the app is loaded.
# The builder warms it up afterwards (sandbox/warm_up.rb).
# Runs in the builder (src/sandbox/boot-image/build.ts), with the app's files in /workspace.

require "/bundle/setup"

# wasmify-rails' stand-ins for what cannot be compiled (sockets, nokogiri), then ours (sqlite3).
$LOAD_PATH.unshift "/bundle/gems/wasmify-rails-0.3.2/lib/wasmify/rails/shims"
$LOAD_PATH.unshift "/sandbox", "/sandbox/shims"
# wasmify-rails' IPAddr knows no ranges; Ruby's own works.
require "/usr/local/lib/ruby/3.3.0/ipaddr"
$LOADED_FEATURES << $LOAD_PATH.resolve_feature_path("ipaddr").last

# The builder zeroes their tables (src/sandbox/boot-image/transcoders.ts): Ruby shall look for no converter there.
$LOADED_FEATURES.concat(%w[
  big5 chinese emoji emoji_iso2022_kddi emoji_sjis_docomo emoji_sjis_kddi emoji_sjis_softbank gb18030 gbk iso2022
  japanese japanese_euc japanese_sjis korean
].map { |name| "enc/trans/#{name}.so" })

# All gems are on the load path already: there is nothing for Bundler to set up.
$LOADED_FEATURES << $LOAD_PATH.resolve_feature_path("bundler/setup").last
module Kernel
  def gem(*) = nil
  private :gem
end

%w[
  host interrupts time_limits waits scheduler green_thread/variables green_thread green_thread/carrier green_thread/thread
  signals process text
].each { |file| require "sandbox/#{file}" }

ENV["RAILS_ENV"] = "development"
Dir.chdir("/workspace")

require "/workspace/config/application"
require "tzinfo/data"
require "photon"
%w[
  program errors yaml_file database_configuration last_line files events database_events mail_delivery framework_configuration app_configuration
  database_setup connections inbox web completion console console/commands queue_actions dashboard jobs async_jobs check
  warm_up solid_queue/configuration_check solid_queue/replacements solid_queue/classes
].each { |file| require "sandbox/#{file}" }

Rails.application.configure do
  config.file_watcher = Sandbox::FileWatcher
end
Sandbox::SolidQueue.load_classes_once
require "patches/error_page"
require "patches/error_highlight"
require "patches/reload_after_failure"

require "/workspace/config/environment"

# What would be loaded lazily, and is the same for every lesson. The app's own classes are not.
require "active_record/connection_adapters/sqlite3_adapter"
namespaces = Rails.application.config.eager_load_namespaces
namespaces -= [ TZInfo ] # every time zone of the world: read when one is asked for
namespaces.each(&:eager_load!)
require "net/http"
require "patches/source_locations"
Sandbox::SolidQueue.eager_load
require "sandbox/solid_queue/supervisor"
Sandbox::SolidQueue.install
Sandbox::Events.subscribe
Sandbox::AppConfiguration.remember
Sandbox::Web.remember_errors
Sandbox::AsyncJobs.install
Sandbox::Connections.install
Rails.application.reloader.before_class_unload { Sandbox::Files.announce_reload }
GC.start
