ActiveSupport.on_load(:active_job) { self.enqueue_after_transaction_commit = true }
