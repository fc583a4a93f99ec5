# frozen_string_literal: true

module Sandbox
  # A file whose name is no constant (app/models/a-b.rb) fails Zeitwerk's `setup` half-way (zeitwerk-2.7.2/lib/zeitwerk/loader.rb),
  # and from then on `reload` refuses. On a machine one restarts the server; here the next reload, when the name
  # is mended, takes down what was set up and begins anew.
  module ReloadAfterFailure
    def reload
      mutex.synchronize { @setup = true }
      super
    end
  end
end

Zeitwerk::Loader.prepend Sandbox::ReloadAfterFailure
