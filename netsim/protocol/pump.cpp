#include "netsim/protocol/pump.hpp"

namespace keyhole {

void Pump::send() {
    if (!stream_ || gone_) return;
    if (endpoint_.output_size() > 0 && stream_->backlog() < high_water) stream_->write(endpoint_.take_output());
    if (!endpoint_.write_closed() || endpoint_.output_size() > 0) return;
    endpoint_.read_closed() ? stream_->finish() : stream_->half_close();
}

void Pump::read() {
    if (stream_ && !gone_ && endpoint_.wants_input()) stream_->read();
}

void Pump::on_bytes(ByteView bytes) {
    endpoint_.receive(bytes);
    changed_();
}

void Pump::on_end_of_input() {
    endpoint_.end_of_input(stream_->loss());
    changed_();
}

void Pump::on_progress() {
    endpoint_.note_progress(stream_->confirmed());
    changed_();
}

void Pump::on_gone() {
    gone_ = true;
    endpoint_.note_progress(stream_->confirmed());
    if (!endpoint_.read_closed()) endpoint_.end_of_input(stream_->loss());
    endpoint_.gone();
    changed_();
}

} // namespace keyhole
