# The app's pictures go through Photon; on your machine that is libvips.
require Rails.root.join("lib/photon")
