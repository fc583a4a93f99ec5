/** The app of the home page's race: a photo whose callback enqueues the job that processes it. */
import type { FileTree } from "../../course/file-tree.ts";

export type Callback = "after_create" | "after_create_commit";

/** The two runs differ in this one word, on the line that begins with it. */
export const CALLBACKS: readonly Callback[] = ["after_create", "after_create_commit"];

export const MODEL_PATH = "app/models/photo.rb";

/** The request stays in its transaction for a second more, as one with more to do would. */
const CONTROLLER = `class PhotosController < ApplicationController
  skip_forgery_protection

  def create
    Photo.transaction do
      Photo.create!(title: "Sea", sample: true)
      sleep 1
      raise ActiveRecord::Rollback if params[:title] == "rollback"
    end
    head :created
  end
end
`;

const JOB = `class PhotoProcessingJob < ApplicationJob
  def perform(id)
    photo = Photo.find(id)
    sleep 0.08
    photo.update!(title: "Processed")
  end
end
`;

export function photoModel(callback: Callback): string {
  return `class Photo < ApplicationRecord
  include Upload
  ${callback} :process_photo

  private
    def process_photo
      PhotoProcessingJob.perform_later(id)
    end
end
`;
}

/** Files to be laid over the base app. */
export function raceFiles(callback: Callback): FileTree {
  return {
    "app/controllers/photos_controller.rb": CONTROLLER,
    [MODEL_PATH]: photoModel(callback),
    "app/jobs/photo_processing_job.rb": JOB,
  };
}

/** Creates a photo; with the title `rollback` the transaction is rolled back. */
export function photoRequest(title = "Sea"): Request {
  return new Request("http://localhost:3000/photos", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ title }).toString(),
  });
}
