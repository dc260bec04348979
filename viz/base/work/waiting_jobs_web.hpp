// The jobs of a browser's window wait here, and the window's loop does one after a frame that has said so.
#pragma once

namespace keyhole::viz {

bool job_waits();

/// Does the job that waited longest.
void run_waiting_job();

} // namespace keyhole::viz
