//! Who must act.

use crate::id_enum::id_enum;

id_enum! {
    /// Who must act so that the same attempt succeeds.
    ///
    /// ```
    /// use replycode::Party;
    /// assert_eq!("account".parse(), Ok(Party::Account));
    /// assert_eq!(Party::Device.number(), 1);
    /// ```
    pub enum Party as "party" {
        /// Whoever sets up the device that sends: a wrong server, port, address, mode or file name.
        Device = 1 => "device",
        /// The owner of the account at the provider: passwords, quotas, permissions, plans.
        Account = 2 => "account",
        /// The recipient, or whoever looks after the recipient's mailbox.
        Recipient = 3 => "recipient",
        /// Whoever runs the server.
        Server = 4 => "server",
        /// Whoever runs the network between: router, firewall, provider, DNS.
        Network = 5 => "network",
        /// Nobody: it has succeeded, or passes by itself.
        Nobody = 6 => "nobody",
    }
}
