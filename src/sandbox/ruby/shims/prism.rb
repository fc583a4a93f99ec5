# frozen_string_literal: true

# Half a megabyte of classes for Action View's tracker of dependencies in Ruby templates, which takes Ripper
# where there is no Prism. Ruby 3.3 itself parses without it.
raise LoadError, "cannot load such file -- prism (it is not in the sandbox)"
