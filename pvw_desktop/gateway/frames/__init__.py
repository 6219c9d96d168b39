"""Images on their way from the ParaView process to the clients: mapped memory, encoding, fan-out by acknowledgement."""
